/**
 * Whether a path pattern with `*` can match a route whose `:id` matches anything except a slash. Both are compared
 * from the left; where either can continue, both ways are tried, each pair of positions once.
 */
export function mayBe(pattern: string, template: string): boolean {
  const parts = template.split(/(:\w+)/).flatMap((part) => (part.startsWith(':') ? [part] : [...part]));
  const tried = new Set<string>();
  const fits = (at: number, part: number): boolean => {
    const place = `${at} ${part}`;
    if (tried.has(place)) return false;
    tried.add(place);
    const sign = pattern[at];
    const of = parts[part];
    if (sign === undefined) return of === undefined;
    if (sign === '*') return fits(at + 1, part) || (of !== undefined && fits(at, part + 1));
    if (of === undefined) return false;
    if (of.length === 1) return sign === of && fits(at + 1, part + 1);
    return sign !== '/' && (fits(at + 1, part) || fits(at + 1, part + 1));
  };
  return fits(0, 0);
}
