/**
 * Runs in the page before everything else. `__probe.firstRows` and `.allRows` are when rows, and the count of all of
 * them, were painted, of which `.loaded` waits for the second; `__probe.watch()` begins to note paints that change the list, and `__probe.settled()` gives, once
 * nothing has changed for a while, the ms from the last key or click to the last of them.
 */
export const PROBE = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  // a task behind the frame: the paint is done by then, as far as the page has a part in it
  const afterPaint = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(now());
    port2.postMessage(0);
  });
  const loaded = Promise.withResolvers();
  const probe = { firstRows: null, allRows: null, loaded: loaded.promise };
  window.__probe = probe;
  const noteLoad = new MutationObserver(() => {
    const rows = document.querySelector('[aria-rowindex="2"], [aria-posinset="1"]');
    if (rows && probe.firstRows === null) {
      probe.firstRows = 0;
      afterPaint((at) => { probe.firstRows = at; });
    }
    const isAll = [...document.querySelectorAll('[role=status]')].some((each) => /^[\\d,]+ domains$/.test(each.textContent));
    if (!isAll) return;
    noteLoad.disconnect();
    afterPaint((at) => {
      probe.allRows = at;
      loaded.resolve();
    });
  });
  noteLoad.observe(document, { childList: true, subtree: true, characterData: true });

  let began = 0;
  let last = 0;
  let changed = 0;
  for (const type of ['keydown', 'click']) {
    addEventListener(type, (event) => { began ||= performance.timeOrigin + event.timeStamp; }, true);
  }
  const noteChange = new MutationObserver(() => {
    changed = now();
    afterPaint((at) => { last = at; });
  });
  probe.watch = () => {
    began = last = changed = 0;
    const region = document.querySelector('section[aria-label="Domains"]');
    noteChange.observe(region, { childList: true, subtree: true, characterData: true, attributes: true });
  };
  probe.settled = async (quietMs) => {
    while (began === 0 || last < changed || now() - Math.max(began, changed) < quietMs) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    noteChange.disconnect();
    return last === 0 ? null : last - began;
  };
  // a fixed amount of work, to tell how fast this machine is just now
  probe.spin = () => {
    const start = performance.now();
    const numbers = Array.from({ length: 40_000 }, (_, index) => String((index * 7919) % 40_009));
    numbers.sort();
    return performance.now() - start + numbers.length * 0;
  };
})();`;
