import { computed, shallowRef } from 'vue';
import { keptForTab } from './stored-values.js';

export type Role = 'patient' | 'staff' | 'service';

/** The logged-in user, in this tab only: the token is deleted with the tab. */
export interface Session {
  readonly token: string;
  readonly role: Role;
  /** The token's subject, to show. */
  readonly name: string;
}

const kept = keptForTab('token');

export const session = shallowRef<Session | undefined>(sessionOf(kept.get()));
/** The server refused the token; the page continues after the next login. */
export const sessionEnded = shallowRef(false);
export const isStaff = computed(() => session.value !== undefined && session.value.role !== 'patient');

export function begin(token: string): void {
  kept.set(token);
  session.value = sessionOf(token);
  sessionEnded.value = false;
}

/** @param by `server` when a token was refused. */
export function end(by: 'person' | 'server'): void {
  kept.set(undefined);
  session.value = undefined;
  sessionEnded.value = by === 'server';
}

/** Decoded, not verified: the server checks every request; this only decides what to show. */
function sessionOf(token: string | undefined): Session | undefined {
  if (!token) return undefined;
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
    const { sub, role } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: string; role?: Role };
    return { token, role: role ?? 'patient', name: sub ?? '' };
  } catch {
    return { token, role: 'patient', name: '' };
  }
}
