import { HANDLED_EVENTS } from '#payments';

/** What we act on; everything else is kept and ignored. The same table dispatches events to their use cases. */
export const HANDLED_TYPES: readonly string[] = Object.keys(HANDLED_EVENTS);
