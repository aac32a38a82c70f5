/**
 * A value stored in this browser, or in memory if storage is forbidden. Names begin with `payonce-web.`, because the
 * payment client deletes entries that begin with `payonce:`.
 */
export interface Kept {
  get(): string | undefined;
  set(word: string | undefined): void;
}

export const keptForTab = (name: string) => kept(() => sessionStorage, name);
export const keptForBrowser = (name: string) => kept(() => localStorage, name);

function kept(area: () => Storage, name: string): Kept {
  const key = `payonce-web.${name}`;
  let memory: string | undefined;
  return {
    get() {
      try {
        return area().getItem(key) ?? undefined;
      } catch {
        return memory;
      }
    },
    set(word) {
      memory = word;
      try {
        if (word === undefined) area().removeItem(key);
        else area().setItem(key, word);
      } catch {
        // Kept in memory above.
      }
    },
  };
}
