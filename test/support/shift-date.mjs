/** Preloaded by `node --import`: this process's clock is off by SHIFT_DATE_MS, as a machine's whose clock is wrong. */
const shift_ms = Number(process.env['SHIFT_DATE_MS'] ?? 0);
const realNow = Date.now;

Date.now = () => realNow() + shift_ms;
globalThis.Date = new Proxy(Date, {
  construct: (target, given) => Reflect.construct(target, given.length === 0 ? [Date.now()] : given),
});
