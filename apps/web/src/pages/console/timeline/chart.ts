import type { Entry, Lane } from '../wire.js';

/** Lanes in the order in which a request passes them; the worker's is drawn only if it did something. */
export const LANES: readonly Lane[] = ['request', 'lock', 'database', 'stripe', 'webhook', 'worker'];

/** Between two steps so far apart, the chart shows how much time passed. */
const LONG_MS = 2_000;
/** Number of colours for requests; after that they repeat, and the number distinguishes them. */
export const HUES = 6;

export interface Step {
  readonly entry: Entry;
  /** 0 for T0. */
  readonly n: number;
  /** The column, from 0. */
  readonly lane: number;
  readonly request: Request;
  /** How much time went by before it, where that was long. */
  readonly after_ms: number | undefined;
  /** Since its request began; undefined at its beginning. */
  readonly within_ms: number | undefined;
  /** Where it is drawn, from the top. */
  readonly y: number;
}

/** Steps that belong together: one request, or consecutive steps of the system. */
export interface Request {
  readonly number: number;
  readonly hue: number;
  readonly request_id: string | null;
}

/** A line from one step of a request to its next one. */
export interface Link {
  readonly from: Step;
  readonly to: Step;
}

export interface Chart {
  readonly lanes: readonly Lane[];
  readonly steps: readonly Step[];
  readonly links: readonly Link[];
  readonly requests: readonly Request[];
  readonly height: number;
}

export const ROW = 44;
export const GAP = 34;

export function chartOf(entries: readonly Entry[]): Chart {
  const used = new Set(entries.map(({ lane }) => lane));
  const lanes = LANES.filter((lane) => lane !== 'worker' || used.has(lane));
  const requests = new Map<string | null, Request>();
  const begun = new Map<Request, number>();
  const steps: Step[] = [];
  let y = 0;
  for (const [n, entry] of entries.entries()) {
    const { request_id } = entry;
    let request = requests.get(request_id);
    if (!request) {
      request = { number: requests.size + 1, hue: requests.size % HUES, request_id };
      requests.set(request_id, request);
    }
    const passed = n === 0 ? 0 : entry.ms - entries[n - 1]!.ms;
    const after_ms = passed >= LONG_MS ? passed : undefined;
    if (after_ms !== undefined) y += GAP;
    const goesOn = steps.at(-1)?.request === request && after_ms === undefined;
    // Steps of the system belong together only while they are consecutive.
    if (request_id === null && !goesOn) begun.delete(request);
    const begun_ms = begun.get(request);
    if (begun_ms === undefined) begun.set(request, entry.ms);
    const within_ms = begun_ms === undefined ? undefined : entry.ms - begun_ms;
    steps.push({ entry, n, lane: Math.max(0, lanes.indexOf(entry.lane)), request, after_ms, within_ms, y });
    y += ROW;
  }
  return { lanes, steps, links: linksOf(steps), requests: [...requests.values()], height: y };
}

function linksOf(steps: readonly Step[]): Link[] {
  const latest = new Map<Request, Step>();
  const links: Link[] = [];
  for (const step of steps) {
    const from = latest.get(step.request);
    // Steps of the system have no request: they belong together only while they are consecutive.
    if (from && (step.request.request_id !== null || (step.n === from.n + 1 && step.after_ms === undefined)))
      links.push({ from, to: step });
    latest.set(step.request, step);
  }
  return links;
}

export interface Geometry {
  readonly lane_width: number;
  /** Half the height of a step. */
  readonly half: number;
  readonly count: number;
}

/** Down from a step, across between the rows, down into the next. Requests keep a little apart, so that lines do not lie on each other. */
export function pathOf({ from, to }: Link, { lane_width, half, count }: Geometry): string {
  const apart = Math.min(7, lane_width / 6);
  const shift = count < 2 ? 0 : ((from.request.number - 1) % 3) * apart - apart;
  const x1 = (from.lane + 0.5) * lane_width + shift;
  const x2 = (to.lane + 0.5) * lane_width + shift;
  const y1 = from.y + ROW / 2 + half;
  const y2 = to.y + ROW / 2 - half - 1;
  if (from.lane === to.lane) return `M${x1} ${y1}V${y2}`;
  const side = Math.sign(x2 - x1);
  const middle = y2 - (ROW - 2 * half) / 2;
  const r = Math.min(5, Math.abs(x2 - x1) / 2, Math.max(0, middle - y1), y2 - middle);
  return [
    `M${x1} ${y1}V${middle - r}`,
    `Q${x1} ${middle} ${x1 + side * r} ${middle}`,
    `H${x2 - side * r}`,
    `Q${x2} ${middle} ${x2} ${middle + r}`,
    `V${y2}`,
  ].join('');
}
