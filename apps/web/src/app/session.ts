import { computed, shallowRef } from 'vue';
import { keptForTab } from './stored-values.js';

export type Role = 'patient' | 'staff' | 'service';

/** Who is logged in, in this tab only: the token goes when the tab is closed. */
export interface Session {
  readonly token: string;
  readonly role: Role;
  /** The token's subject, to show. */
  readonly name: string;
}

const kept = keptForTab('token');

export const session = shallowRef<Session | undefined>(sessionOf(kept.get()));
/** The server said that the login is no longer good; what the person was doing goes on after the next one. */
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

/** Read, not verified: the server checks every request; this only says what to show. */
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
