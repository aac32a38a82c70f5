import { asMarkdown, asText, loadTable, number, ratioTable, verdictOf } from './table.mjs';

const spread = (median: number, min = median, max = median) => ({ median, min, max });

describe('the table of ratios', () => {
  const ratios = [
    { name: 'create ÷ unprotected', value: spread(0.98, 0.9, 1.1), atMost: 1 },
    { name: 'replay ÷ create', value: spread(4.2), atLeast: 5 },
    { name: 'lock ÷ redlock', value: spread(3) },
    { name: 'first answer', value: spread(2.5), unit: 's', atMost: 3 },
  ];

  it('has each ratio with its range beside its target, and says whether it is reached', () => {
    expect(ratioTable(ratios).rows).toEqual([
      ['create ÷ unprotected', '0.98 (0.90–1.10)', '', '≤ 1', 'reached'],
      ['replay ÷ create', '4.20', '', '≥ 5', 'missed'],
      ['lock ÷ redlock', '3.00', '', '', ''],
      ['first answer', '2.50', 's', '≤ 3', 'reached'],
    ]);
  });

  it('judges the median: exactly the target is reached', () => {
    expect(verdictOf({ name: '', value: spread(1), atMost: 1 })).toBe('reached');
    expect(verdictOf({ name: '', value: spread(5), atLeast: 5 })).toBe('reached');
    expect(verdictOf({ name: '', value: spread(1.001), atMost: 1 })).toBe('missed');
  });

  it('misses a target with what could not be computed', () => {
    expect(verdictOf({ name: '', value: spread(NaN), atMost: 1 })).toBe('missed');
  });

  it('is aligned in the terminal, and is a table in Markdown', () => {
    const [head, first] = asText(ratioTable(ratios)).split('\n');
    expect(head?.indexOf('target')).toBe((first?.indexOf('≤ 1') ?? 0) - 3);
    expect(asMarkdown({ head: ['a', 'b'], rows: [['1', '2']] })).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});

describe('the table of loads', () => {
  it('shows failed answers only where there are some', () => {
    const cpu = { api: 1, postgres: 2, redis: 0.1, stripe: 0, generator: 0.2 };
    const load = {
      what: 'create',
      program: 'Payonce',
      rounds: 3,
      rate: spread(350),
      p50: spread(5),
      p99: spread(9),
      cpu,
    };
    const rows = loadTable([
      { ...load, failed: 0 },
      { ...load, failed: 7 },
    ]).rows;
    expect(rows.map((row) => row.at(-1))).toEqual(['', '7']);
  });
});

describe('a number', () => {
  it.each([
    [1_234.5, '1,235'],
    [123.4, '123'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0.004, '0.00'],
    [NaN, '–'],
  ])('has three significant digits, or two decimals: %d → %s', (value, expected) => {
    expect(number(value)).toBe(expected);
  });
});
