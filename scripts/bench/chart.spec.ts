import { barChart } from './chart.mjs';

describe('the chart', () => {
  it('scales each group to its own longest bar, and escapes labels', () => {
    const bar = (label: string, value: number) => ({ label, value, min: value, max: value });
    const svg = barChart({
      title: 'A & B',
      unit: '/s',
      groups: [
        { label: 'fast', bars: [bar('A', 10_000), bar('B', 5_000)] },
        { label: 'slow <1>', bars: [bar('A', 10), bar('B', 20)] },
      ],
    });
    const widths = [...svg.matchAll(/width="([\d.]+)" height="14"/g)].map(([, width]) => Number(width));
    expect(widths).toEqual([360, 180, 180, 360]);
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('slow &lt;1>');
    expect(svg).toContain('10,000 /s');
  });
});
