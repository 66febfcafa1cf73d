// Runs in every frame of the workbench before its own code: tells the messages between frames to the test, by `__heard`, and
// has `__stores()` give all that the browser stores but what VS Code keeps secrets in here.
{
  const note = (data) => globalThis.__heard?.(JSON.stringify(data) ?? '');
  window.addEventListener('message', ({ data }) => note(data), true);
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...args) {
    note(args[0]);
    return Reflect.apply(postMessage, this, args);
  };

  const done = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  globalThis.__stores = async () => {
    const texts = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
        texts.push(JSON.stringify([name, store, keys, values]));
      }
      database.close();
    }
    for (const [key, value] of Object.entries(localStorage))
      if (key !== 'secrets.provider') texts.push(`${key}=${value}`);
    return texts.join('\n');
  };
}
