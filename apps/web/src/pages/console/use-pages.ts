import type { Call } from '#payment-client';
import { computed, shallowRef } from 'vue';
import { useReading } from '../../app/use-reading.js';

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next_cursor: string | null;
}

const PAGE = 25;
/** The server's limit: of a longer list, a refresh reads the first rows again and keeps the rest. */
const MAX_LIMIT = 100;

/**
 * A keyset-paged list: `more` reads the next page, `refresh` reads the shown rows again, `restart` starts with other
 * filters. A refresh never removes pages that the user has loaded.
 */
export function usePages<Row extends { readonly id: number }>(
  load: (page: { limit: number; cursor: string | undefined }, call: Call) => Promise<Page<Row>>,
) {
  const rows = shallowRef<readonly Row[]>();
  const next = shallowRef<string | null>(null);
  let restarts = 0;

  const latest = useReading(async (call) => {
    const mine = restarts;
    const limit = Math.min(MAX_LIMIT, Math.max(PAGE, rows.value?.length ?? 0));
    const page = await load({ limit, cursor: undefined }, call);
    if (mine !== restarts) return;
    const end = page.rows.at(-1)?.id ?? 0;
    const older = page.next_cursor === null ? [] : (rows.value ?? []).filter(({ id }) => id < end);
    rows.value = [...page.rows, ...older];
    if (older.length === 0) next.value = page.next_cursor;
  });
  const further = useReading(async (call) => {
    const mine = restarts;
    const page = await load({ limit: PAGE, cursor: next.value ?? undefined }, call);
    if (mine !== restarts) return;
    const known = new Set((rows.value ?? []).map(({ id }) => id));
    rows.value = [...(rows.value ?? []), ...page.rows.filter(({ id }) => !known.has(id))];
    next.value = page.next_cursor;
  });

  return {
    rows,
    hasMore: computed(() => next.value !== null),
    error: computed(() => further.error.value ?? latest.error.value),
    busy: computed(() => further.busy.value || latest.busy.value),
    more: further.read,
    refresh: latest.read,
    async restart(): Promise<void> {
      restarts += 1;
      rows.value = undefined;
      next.value = null;
      further.error.value = undefined;
      await latest.read();
    },
  };
}
