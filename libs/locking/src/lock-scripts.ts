import type { Holder } from './lock-backend.js';

/** The prefix of all of our names in Redis. */
export const PREFIX = 'payonce:';

/** Released locks are announced on a channel of their own name, after this prefix. */
export const RELEASED = 'released:';

/** Marks the resource that is no lock but describes the holder; Redis' access rules see it as a name of ours. */
const HOLDER = `${PREFIX}holder:`;

/** Who holds a lock, and since when, by the holder's clock. */
export interface HolderRecord extends Holder {
  readonly since: Date;
}

/**
 * Redlock's own scripts, except that the value of a lock is Redlock's random value followed by the holder. So staff see
 * who holds a lock, with no record that would have to be written, extended and removed beside it.
 *
 * Redlock passes scripts only the resources (KEYS) and its random value and lease (ARGV): the holder is the last resource.
 * A script answers with the number of resources it applied to, as Redlock expects.
 */
const WITH_HOLDER = `
  local value = ARGV[1] .. string.sub(table.remove(KEYS), ${HOLDER.length + 1})
`;

export const ACQUIRE = `${WITH_HOLDER}
  for _, key in ipairs(KEYS) do
    if redis.call('EXISTS', key) == 1 then return 0 end
  end
  for _, key in ipairs(KEYS) do redis.call('SET', key, value, 'PX', ARGV[2]) end
  return #KEYS + 1`;

export const EXTEND = `${WITH_HOLDER}
  for _, key in ipairs(KEYS) do
    if redis.call('GET', key) ~= value then return 0 end
  end
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[2]) end
  return #KEYS + 1`;

const release = (afterwards: string) => `${WITH_HOLDER}
  local released = 1
  for _, key in ipairs(KEYS) do
    if redis.call('GET', key) == value then
      redis.call('DEL', key)
      ${afterwards}
      released = released + 1
    end
  end
  return released`;

/** Removes what a failed attempt got on a minority of nodes. Announces nothing: it would only wake the caller itself. */
export const UNDO = release('');

export const RELEASE = release(`redis.call('PUBLISH', '${RELEASED}' .. key, '')`);

/** @returns Redlock's resources for these locks. */
export function resourcesOf(names: readonly string[], record: HolderRecord): string[] {
  return [...names, HOLDER + JSON.stringify(record)];
}

/** @returns the holder in the value of a lock; undefined if it has none, as a lock of another program. */
export function holderIn(value: string | null): HolderRecord | undefined {
  const start = value?.indexOf('{') ?? -1;
  if (start === -1) return undefined;
  try {
    const { since, ...holder } = JSON.parse(value!.slice(start)) as Holder & { since: string };
    return { ...holder, since: new Date(since) };
  } catch {
    return undefined;
  }
}
