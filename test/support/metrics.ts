import type { Program } from './processes.js';

/** The value of one series of a program; undefined if it has none. @param series as in the text: `name{label="value"}` */
export async function metricOf({ url }: Pick<Program, 'url'>, series: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}
