import type { Program } from './processes.js';

/** Every series of a program with its value, by its name as in the text: `name{label="value"}`. */
export async function metricsOf({ url }: Pick<Program, 'url'>): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** The value of one series of a program; undefined if it has none. */
export async function metricOf(program: Pick<Program, 'url'>, series: string): Promise<number | undefined> {
  return (await metricsOf(program)).get(series);
}
