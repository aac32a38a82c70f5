/** "2026-03-31" in the reader's own time zone, as an input of type date has it. */
export function dayOf(at: Date | string): string {
  const date = new Date(at);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}

/**
 * When a transfer was received, ISO 8601: the start of that day in the user's time zone. Undefined for today: then it
 * is now, since the money may just have arrived.
 */
export function receivedAt(day: string): string | undefined {
  return day === dayOf(new Date()) ? undefined : new Date(`${day}T00:00`).toISOString();
}

/** Whether it is a valid date that is not in the future. */
export function isPastDay(day: string): boolean {
  return /^20\d{2}-\d{2}-\d{2}$/.test(day) && day <= dayOf(new Date());
}
