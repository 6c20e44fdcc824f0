import type { Page } from 'playwright-core';

const KEPT = `(async () => {
  const databases = await indexedDB.databases();
  const read = ({ name, version }) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = async () => {
      const stores = [...opening.result.objectStoreNames].map((store) => new Promise((done) => {
        const all = opening.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => done(all.result);
      }));
      resolve(await Promise.all(stores));
    };
  });
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) cached.push(request.url, await (await cache.match(request)).text());
  }
  return JSON.stringify([
    location.href, history.state, document.cookie, window.name,
    Object.entries(localStorage), Object.entries(sessionStorage),
    await Promise.all(databases.map(read)), cached,
  ]);
})()`;

/** Everything that the page's origin keeps beyond the page itself: address, storages, databases, caches, cookies. */
export async function readKept(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return (await page.evaluate(KEPT)) + JSON.stringify(cookies);
}

/** The whole document as HTML, with what its fields hold. */
export async function readDocument(page: Page): Promise<string> {
  return page.evaluate(
    'document.documentElement.outerHTML + [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join()',
  );
}
