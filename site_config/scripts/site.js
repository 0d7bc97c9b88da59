/* Names what the theme leaves unnamed, so that a screen reader says what a thing is. No request, no storage. */
(function () {
  "use strict";

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function name(element, text) {
    if (text && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", text.trim());
  }

  /* The theme opens its menu and its search on a phone by labels, which no keyboard reaches: a button takes their place. */
  function asButton(label) {
    var box = document.getElementById(label.htmlFor);
    var button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("for", label.htmlFor);
    button.innerHTML = label.innerHTML;
    name(button, label.htmlFor === "__search" ? searchWord() : menuWord());
    function say() {
      button.setAttribute("aria-expanded", box.checked);
    }
    say();
    box.addEventListener("change", say);
    button.addEventListener("click", function () {
      box.click();
      var query = box.id === "__search" && box.checked && document.querySelector(".md-search__input");
      if (query) query.focus();
    });
    label.replaceWith(button);
  }

  function menuWord() {
    var word = document.querySelector('meta[name="menu"]');
    return (word && word.content) || document.title;
  }

  function searchWord() {
    var query = document.querySelector(".md-search__input");
    return (query && query.placeholder) || "Search";
  }

  function improve() {
    each('[data-md-component="search"]', function (box) {
      name(box, searchWord());
    });
    each('.task-list-item input[type="checkbox"]', function (box) {
      name(box, box.closest("li").textContent);
    });
    each(".md-typeset pre > code, .md-typeset__scrollwrap, .md-typeset__table, .scroll", function (box) {
      if (box.scrollWidth <= box.clientWidth) return;
      box.tabIndex = 0;
      if (box.tagName !== "CODE") {
        var heading = box.closest("article, body").querySelector("h1");
        box.setAttribute("role", "region");
        name(box, box.dataset.name || (heading && heading.textContent));
      }
    });
    each("nav.md-nav[aria-labelledby]", function (nav) {
      var label = document.getElementById(nav.getAttribute("aria-labelledby"));
      var link = nav.parentElement.querySelector(".md-nav__link");
      if (link && (!label || !label.textContent.trim())) {
        nav.removeAttribute("aria-labelledby");
        name(nav, link.textContent);
      }
    });
    each("label.md-header__button[for=__drawer], label.md-header__button[for=__search]", asButton);
    each("nav.md-code__nav", function (nav, index) {
      var button = nav.querySelector("button");
      name(nav, ((button && button.title) || "Code") + " " + (index + 1));
    });
  }

  /* A table is put in the order of a column by the button in its head; once more, the other way round. */
  function valueOf(row, at) {
    var cell = row.cells[at];
    var time = cell.querySelector("time");
    var text = time ? time.getAttribute("datetime") : cell.textContent.trim();
    return !time && /^\d/.test(text) ? parseFloat(text) : text;
  }

  function order(table, at, head) {
    var down = head.getAttribute("aria-sort") === "ascending";
    Array.prototype.forEach.call(head.parentElement.cells, function (cell) {
      cell.removeAttribute("aria-sort");
    });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    var compare = new Intl.Collator(document.documentElement.lang || undefined).compare;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    rows.sort(function (one, other) {
      var a = valueOf(one, at);
      var b = valueOf(other, at);
      var way = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
      return down ? -way : way;
    });
    rows.forEach(function (row) {
      table.tBodies[0].appendChild(row);
    });
  }

  function sortable() {
    each("table[data-sorts]:not([data-sorted])", function (table) {
      table.dataset.sorted = "";
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, at) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        button.addEventListener("click", function () {
          order(table, at, head);
        });
        head.replaceChildren(button);
      });
    });
  }

  /* A long list shows only what holds the words that are typed above it; accents do not matter. */
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  /* What an entry says at first sight; what is folded would find people for reasons that nobody sees. */
  function shownText(entry) {
    var copy = entry.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll("details"), function (fold) {
      fold.remove();
    });
    return plain(copy.textContent);
  }

  function narrowing() {
    each("[data-narrows]", function (box) {
      var field = box.querySelector("input");
      var found = box.querySelector("[role=status]");
      var texts = [];
      each(box.dataset.narrows, function (entry) {
        texts.push([entry, shownText(entry)]);
      });
      box.hidden = false;
      field.oninput = function () {
        var words = plain(field.value).split(/\s+/);
        var shown = texts.filter(function (pair) {
          var holds = words.every(function (word) {
            return pair[1].indexOf(word) >= 0;
          });
          pair[0].hidden = !holds;
          return holds;
        });
        found.textContent = field.value ? box.dataset.found.replace("{n}", shown.length).replace("{all}", texts.length) : "";
      };
    });
  }

  /* On paper everything is open. */
  window.addEventListener("beforeprint", function () {
    each(".md-content details:not([open])", function (details) {
      details.dataset.closed = "";
      details.open = true;
    });
  });
  window.addEventListener("afterprint", function () {
    each(".md-content details[data-closed]", function (details) {
      delete details.dataset.closed;
      details.open = false;
    });
  });

  /* Without scripts a button to print would do nothing, so it is only shown with them. */
  function printing() {
    each("button[data-print]", function (button) {
      button.hidden = false;
      button.onclick = function () {
        window.print();
      };
    });
  }

  /* A link to a folded note opens it. */
  function unfold() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  }
  window.addEventListener("hashchange", unfold);

  /* A reader who changes the language stays at the same place of the page. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.language");
    if (link) link.hash = location.hash;
  }, true);

  /* The theme adds the buttons of code blocks when they come into view. */
  function watch() {
    var content = document.querySelector(".md-content");
    if (content && window.MutationObserver) {
      new MutationObserver(improve).observe(content, { childList: true, subtree: true });
    }
  }

  function start() {
    improve();
    printing();
    sortable();
    narrowing();
    unfold();
    watch();
  }
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
