/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => unknown} keyOf items without a key (null, undefined) are left out
 * @returns {Map<any, Item[]>}
 */
export function groupBy(items, keyOf) {
  /** @type {Map<unknown, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null || key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => number} amountOf
 */
export function sum(items, amountOf) {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
