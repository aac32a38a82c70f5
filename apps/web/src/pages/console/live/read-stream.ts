import { createParser } from 'eventsource-parser';
import type { LiveEntry } from '../wire.js';

/** The server sends something every 15 seconds; a connection that is silent for this long is dead. */
const MAX_SILENCE_MS = 40_000;
const INITIAL_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

export interface Watching {
  /** Read at every attempt, so that a renewed token is used. */
  readonly token: () => string | undefined;
  readonly onEntry: (entry: LiveEntry) => void;
  readonly onState: (state: 'live' | 'away') => void;
  /** The server refuses permanently. */
  readonly onRefused: (status: number) => void;
}

/**
 * Reads the audit log as it grows. Reconnects with the id of the last entry, so that none is missed. Uses fetch,
 * because an EventSource cannot send a token. Ends with the signal.
 */
export async function readStream(watching: Watching, signal: AbortSignal): Promise<void> {
  const place: Place = { last: undefined };
  let failures = 0;
  while (!signal.aborted) {
    const began = await readOnce(watching, place, signal);
    if (signal.aborted || began === 'refused') return;
    watching.onState('away');
    // The server ends the stream every quarter of an hour: that is not an error.
    failures = began === 'read' ? 0 : failures + 1;
    const longest = Math.min(MAX_PAUSE_MS, INITIAL_PAUSE_MS * 2 ** failures);
    await pause(longest * (0.5 + Math.random() / 2), signal);
  }
}

interface Place {
  last: string | undefined;
}

async function readOnce(watching: Watching, place: Place, signal: AbortSignal): Promise<'read' | 'failed' | 'refused'> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), MAX_SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), MAX_SILENCE_MS);
  };
  const leave = () => silence.abort();
  signal.addEventListener('abort', leave);
  let read = false;
  try {
    const answer = await fetch('/api/v1/ops/live', {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${watching.token() ?? ''}`,
        ...(place.last === undefined ? {} : { 'last-event-id': place.last }),
      },
      cache: 'no-store',
      signal: silence.signal,
    });
    if ([401, 403].includes(answer.status)) {
      watching.onRefused(answer.status);
      return 'refused';
    }
    if (!answer.ok || !answer.body) return 'failed';
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = parserOf(watching, place);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      parser.feed(value);
      if (!read) watching.onState('live');
      read = true;
    }
  } catch {
    // Disconnected, silent, or aborted: the caller knows which.
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    silence.abort();
  }
  return read ? 'read' : 'failed';
}

function parserOf({ onEntry }: Watching, place: Place) {
  return createParser({
    onEvent({ event, id, data }) {
      if (id !== undefined) place.last = id;
      if (event === 'audit') onEntry(JSON.parse(data) as LiveEntry);
    },
    // Before the first entry, only this says where the stream is; without it, entries created while disconnected would
    // be missed.
    onComment(comment) {
      place.last ??= /watching from (\d+)/.exec(comment)?.[1];
    },
  });
}

/** Ends early when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
