import { HANDLED_EVENTS } from '#payments';

/** The handled event types; all others are stored and ignored. The same table dispatches events to their handlers. */
export const HANDLED_TYPES: readonly string[] = Object.keys(HANDLED_EVENTS);
