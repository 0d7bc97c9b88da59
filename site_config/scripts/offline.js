/* Search from a folder: a browser lets no worker start from file://, so its script runs in a frame of the same page. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function FrameWorker(address) {
    var worker = new EventTarget();
    var frame = document.createElement("iframe");
    var waiting = [];
    var inside = null;

    /* As between a page and its worker: a copy, and never at once, for either may answer while it listens. */
    function hand(data) {
      var said = new inside.MessageEvent("message", { data: inside.structuredClone(data) });
      setTimeout(function () {
        inside.dispatchEvent(said);
      });
    }

    function load(source) {
      return new Promise(function (done, failed) {
        var script = inside.document.createElement("script");
        script.src = new URL(source, worker.address);
        script.onload = done;
        script.onerror = failed;
        inside.document.body.appendChild(script);
      });
    }

    worker.address = new URL(address, location.href).href;
    worker.onmessage = worker.onerror = null;
    worker.postMessage = function (data) {
      if (waiting) waiting.push(data);
      else hand(data);
    };
    worker.terminate = function () {
      frame.remove();
    };
    frame.hidden = true;
    frame.title = "search";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.srcdoc = "<!doctype html><title>search</title><body></body>";
    frame.onload = function () {
      inside = frame.contentWindow;
      inside.postMessage = function (data) {
        var said = new MessageEvent("message", { data: structuredClone(data) });
        setTimeout(function () {
          worker.dispatchEvent(said);
          if (worker.onmessage) worker.onmessage(said);
        });
      };
      inside.importScripts = function () {
        return Array.prototype.reduce.call(
          arguments,
          function (before, source) {
            return before.then(function () {
              return load(source);
            });
          },
          Promise.resolve()
        );
      };
      load(worker.address).then(function () {
        var ready = waiting;
        waiting = null;
        ready.forEach(hand);
      });
    };
    document.body.appendChild(frame);
    return worker;
  }

  /* The theme looks for this name to find its word lists beside the script of the worker. */
  window.IFrameWorker = window.Worker = FrameWorker;
})();
