import { parseConfig } from '#config';
import { ReturnUrls } from './return-urls.js';

const own = (env: NodeJS.ProcessEnv = {}) =>
  new ReturnUrls(parseConfig({ DATABASE_URL: 'postgres://u:p@localhost/payonce', JWT_SECRET: 'x'.repeat(32), ...env }));

describe('where people come back to', () => {
  it.each([
    ['PUBLIC_URL', { PUBLIC_URL: 'https://pay.example.com/clinic/' }, 'https://pay.example.com/clinic'],
    ['the host and port it listens on', { HOST: '192.0.2.1', PORT: '8080' }, 'http://192.0.2.1:8080'],
    ['localhost, where it listens on every address', { HOST: '0.0.0.0', PORT: '8080' }, 'http://localhost:8080'],
    ['an IPv6 address in brackets', { HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
  ])('is %s', (_name, env, base) => {
    expect(own(env).of(7)).toEqual({
      success_url: `${base}/pay?payment=7&session_id={CHECKOUT_SESSION_ID}`,
      cancel_url: `${base}/pay?payment=7&left=1`,
    });
  });

  it('is the port that was found, where any was asked for', () => {
    const addresses = own({ PORT: '0' });
    addresses.listensOn(4_321);
    expect(new URL(addresses.origin).port).toBe('4321');
  });
});

describe('where people may be sent', () => {
  const production = { PUBLIC_URL: 'https://pay.example.com', CHECKOUT_ORIGINS: 'https://shop.example.com' };

  it.each(['https://pay.example.com/any', 'https://shop.example.com/thanks?x=1', 'https://SHOP.example.com'])(
    '%s: our own origin, or a configured one',
    (address) => {
      expect(own(production).include(address)).toBe(true);
    },
  );

  it.each([
    'https://evil.example',
    'http://pay.example.com',
    'https://pay.example.com:8443',
    'https://pay.example.com.evil.example',
    'https://shop.example.com@evil.example',
    'https://sub.shop.example.com',
    'http://localhost:3000',
    'https://localhost',
    'https://127.0.0.1/any',
    'javascript:alert(1)',
  ])('never %s', (address) => {
    expect(own(production).include(address)).toBe(false);
  });

  it('takes the names of one machine for one, of the same protocol and port', () => {
    const local = own({ HOST: 'localhost', PORT: '3000' });
    const addresses = ['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://127.0.0.1:3001', 'https://127.0.0.1:3000'];
    expect(addresses.map((address) => local.include(address))).toEqual([true, true, false, false]);
  });
});
