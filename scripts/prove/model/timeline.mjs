/**
 * A trace as a timeline: one lane for each actor, one line for each step. A fault is marked ✗.
 * @param {readonly { actor: string, step: string, isFault: boolean }[]} trace
 * @returns {string}
 */
export function timeline(trace) {
  const lanes = [...new Set(trace.map(({ actor }) => actor))];
  const widths = lanes.map((name) => name.length + 2);
  const row = (/** @type {readonly string[]} */ cells) =>
    `  ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('')}`;
  const lines = trace.map(({ actor, step, isFault }) => {
    const marks = lanes.map((name) => (name !== actor ? '│' : isFault ? '✗' : '●'));
    return `${row(marks)}${step}`;
  });
  return [row(lanes).trimEnd(), ...lines].join('\n');
}
