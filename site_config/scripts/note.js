/* Writes the note of a meeting in the browser: no request, no server. What is typed stays on this device until it is saved. */
(function () {
  "use strict";

  var form = document.getElementById("note-form");
  if (!form) return;
  var data = JSON.parse(form.dataset.note);
  var status = document.getElementById("note-status");
  var box = document.getElementById("note-sections");
  var key = "mentoring-note:" + data.pair;

  function all(selector) {
    return Array.prototype.slice.call(form.querySelectorAll(selector));
  }

  function field(name) {
    return form.elements[name] ? form.elements[name].value.trim() : "";
  }

  function say(name) {
    status.textContent = name ? data.say[name] : "";
  }

  /* Kept on this device; a browser that keeps nothing is no reason to stop. */
  function keep() {
    var kept = {};
    all("[name]").forEach(function (each) {
      var name = each.type === "checkbox" ? each.name + "=" + each.value : each.name;
      kept[name] = each.type === "checkbox" ? each.checked : each.value;
    });
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch (error) { /* nothing is kept */ }
  }

  function restore() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch (error) { /* nothing was kept */ }
    if (!kept) return false;
    all("[name]").forEach(function (each) {
      var name = each.type === "checkbox" ? each.name + "=" + each.value : each.name;
      if (!(name in kept)) return;
      if (each.type === "checkbox") each.checked = kept[name] === true;
      else each.value = String(kept[name]);
    });
    return true;
  }

  function forget() {
    try { localStorage.removeItem(key); } catch (error) { /* nothing was kept */ }
  }

  /* The sections of the chosen format, in its order. */
  function arrange() {
    var order = data.formats[field("format")] || [];
    all("[data-section]").forEach(function (each) {
      var name = each.dataset.section;
      each.hidden = order.length ? order.indexOf(name) < 0 : name !== "free";
    });
    order.forEach(function (name) {
      box.appendChild(box.querySelector('[data-section="' + name + '"]'));
    });
  }

  /* What is typed stays text: it begins no heading, no rule, no code and no markup. */
  function plain(text) {
    return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
      .replace(/^([ \t]*)(#|```|~~~|<|-{3,}[ \t]*$|={3,}[ \t]*$)/gm, "$1\\$2").trim();
  }

  function folded(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function person(word) {
    var wanted = folded(word);
    var found = Object.keys(data.people).filter(function (id) {
      return id === wanted || folded(data.people[id]).split(/\s+/)[0] === wanted;
    });
    return found.length === 1 ? found[0] : word;
  }

  function task(done, text, owner, due, id) {
    return "- [" + (done ? "x" : " ") + "] " + text + (owner ? " @" + owner : "") + (due ? " due:" + due : "") + (id ? " id:" + id : "");
  }

  function promises() {
    var number = data.next_id;
    return plain(field("promises")).split("\n").map(function (line) {
      var text = line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "").replace(/^\[[ xX]\]\s*/, "").trim();
      text = text.replace(/(^|\s)@([^\s@,;:]+)/g, function (_, before, word) { return before + "@" + person(word); });
      text = text.replace(/(^|\s)(\d{4}-\d{2}-\d{2})(?=\s|$)/g, "$1due:$2");
      return text && task(false, text, "", "", number ? "a" + number++ : "");
    }).filter(Boolean);
  }

  function carried() {
    return all("[data-text]").map(function (each) {
      return task(each.checked, each.dataset.text, each.dataset.owner, each.dataset.due, each.dataset.id);
    });
  }

  function present() {
    return all('[name="attended"]').filter(function (each) { return each.checked; }).map(function (each) { return each.value; });
  }

  function front(withPair) {
    var lines = ["---"];
    if (withPair) lines.push("pair: " + data.pair);
    lines.push("date: " + field("date"));
    if (field("start")) lines.push('start: "' + field("start").slice(0, 5) + '"');
    lines.push("minutes: " + Number(field("minutes")), "attended: [" + present().join(", ") + "]", "format: " + field("format"));
    if (field("next")) lines.push("next: " + field("next"));
    if (field("modality")) lines.push("modality: " + field("modality"));
    return lines.concat("---").join("\n");
  }

  function note(withPair) {
    var format = field("format"), order = data.formats[format] || [], parts = [front(withPair)];
    var old = carried().join("\n"), fresh = promises().join("\n");
    order.forEach(function (name) {
      var said = [plain(field("s-" + name))];
      if (name === "since") said.push(old);
      if (name === data.promises[format]) said.push(fresh);
      parts.push("## " + data.titles[name]);
      parts = parts.concat(said.filter(Boolean));
    });
    if (!order.length) parts = parts.concat([plain(field("s-free")), old, fresh].filter(Boolean));
    return parts.join("\n\n").replace("---\n\n## ", "---\n## ") + "\n";
  }

  function address(how) {
    var name = field("date") + ".md", code = encodeURIComponent;
    if (how === "mail") return "mailto:" + data.mail + "?subject=" + code(data.pair + " " + field("date")) + "&body=" + code(note(true).replace(/\n/g, "\r\n"));
    if (data.forge === "gitlab") return data.new + "?file_name=" + code(name) + "&content=" + code(note(false));
    return data.new + "?filename=" + code(name) + "&value=" + code(note(false));
  }

  function download() {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([note(true)], { type: "text/markdown;charset=utf-8" }));
    link.download = data.file + "-" + field("date") + ".md";
    form.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function save(how) {
    if (!form.reportValidity()) return;
    if (present().length < 1) return say("nobody");
    if (how === "file") download();
    else {
      var target = address(how);
      if (target.length > data.longest) return say("long");
      if (how === "mail") location.href = target;
      else window.open(target, "_blank", "noopener");
    }
    if (how === "file") forget(); /* whether a tab or a mail program saved it, nobody can tell */
    say(how);
  }

  function clear() {
    forget();
    form.reset();
    start();
    say("");
  }

  function start() {
    var now = new Date();
    if (!field("date")) form.elements.date.value = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    arrange();
  }

  form.hidden = false;
  if (restore()) say("restored");
  start();
  form.addEventListener("input", keep);
  form.addEventListener("change", arrange);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  all("[data-save]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.dataset.save === "clear") clear();
      else save(button.dataset.save);
    });
  });
})();
