/**
 * @typedef {{ label: string, value: number, min: number, max: number }} Bar
 * @typedef {{ label: string, bars: readonly Bar[] }} Group
 */

const WIDTH = 820;
const LEFT = 300;
const BAR_WIDTH = 360;
const BAR_HEIGHT = 14;
const BAR_STEP = 18;
const GROUP_GAP = 16;
const HEAD = 64;

/** Distinguishable by people who do not see all colors (https://jfly.uni-koeln.de/color/). */
const COLORS = ['#0072b2', '#e69f00', '#009e73'];

/**
 * Horizontal bars in groups, with the range of each. The longest bar of a group fills the width: groups have little to do
 * with each other, bars of one group were measured in the same rounds.
 * @param {{ title: string, unit: string, groups: readonly Group[] }} chart
 * @returns {string} SVG
 */
export function barChart({ title, unit, groups }) {
  const labels = [...new Set(groups.flatMap(({ bars }) => bars.map(({ label }) => label)))];
  const colorOf = (/** @type {string} */ label) => COLORS[labels.indexOf(label) % COLORS.length] ?? '';
  const body = [];
  let y = HEAD;
  for (const { label, bars } of groups) {
    const longest = Math.max(...bars.map(({ max }) => max));
    body.push(text(LEFT - 12, y + (bars.length * BAR_STEP) / 2, label, 'end'));
    for (const bar of bars) {
      body.push(...barOf(bar, { y, longest, unit, color: colorOf(bar.label) }));
      y += BAR_STEP;
    }
    y += GROUP_GAP;
  }
  const legend = labels.flatMap((label, n) => [
    `<rect x="${LEFT + n * 170}" y="36" width="12" height="12" fill="${colorOf(label)}"/>`,
    text(LEFT + n * 170 + 18, 46, label),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${escape(title)}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">
<rect width="${WIDTH}" height="${y}" fill="#fff"/>
<text x="${LEFT}" y="22" font-size="15" font-weight="600">${escape(title)}</text>
${[...legend, ...body].join('\n')}
</svg>
`;
}

/**
 * @param {Bar} bar
 * @param {{ y: number, longest: number, unit: string, color: string }} how
 */
function barOf({ value, min, max }, { y, longest, unit, color }) {
  const x = (/** @type {number} */ of) => round(LEFT + (of / longest) * BAR_WIDTH);
  const middle = y + BAR_HEIGHT / 2;
  return [
    `<rect x="${LEFT}" y="${y}" width="${round(x(value) - LEFT)}" height="${BAR_HEIGHT}" fill="${color}"/>`,
    `<path d="M${x(min)} ${middle}H${x(max)}M${x(min)} ${y + 3}v8M${x(max)} ${y + 3}v8" stroke="#1f2328" fill="none"/>`,
    text(x(max) + 8, middle + 4, `${Math.round(value).toLocaleString('en')} ${unit}`),
  ];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {'start' | 'end'} [anchor]
 */
function text(x, y, content, anchor = 'start') {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(content)}</text>`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/** @param {string} content */
function escape(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
