import { ProductNotFound } from '#errors';
import { renderError } from './answer.js';
import { askedLanguage, chooseLanguage, say } from './language.js';

describe('language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['id', 'id'],
    ['id-ID', 'id'],
    ['ID;q=0.8, en;q=0.2', 'id'],
    ['en-US,en;q=0.9,id;q=0.8', 'en'],
    ['fr, id;q=0.5', 'id'],
    ['fr', 'en'],
    ['id;q=0', 'en'],
    [';;;,,\u00ff', 'en'],
  ])('Accept-Language %p is answered in %s', (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });

  it.each([
    [undefined, null],
    ['', null],
    ['*', null],
    ['fr', null],
    ['fr, *;q=0.5', null],
    ['*, id;q=0.1', null],
    ['fr-FR,fr;q=0.9,en;q=0.8', null],
    ['en;q=0.5, ID-id', 'id'],
    ['en-US,en;q=0.9,id;q=0.8', 'en'],
    ['*/*', null],
    [',', null],
  ])('Accept-Language %p asks for %p', (header, language) => {
    expect(askedLanguage(header)).toBe(language);
  });

  it('says the sentences of the legacy contract', () => {
    expect(say('id', 'payment.created')).toBe('Pembayaran berhasil dibuat');
    expect(say('id', 'payment.existing')).toBe('Pembayaran sudah dibuat sebelumnya');
    expect(say('id', 'errors.LOCK_TIMEOUT')).toBe('Permintaan pembayaran sedang diproses. Silakan coba lagi.');
    expect(say('en', 'errors.PAYMENT_EXISTS')).toBe('Duplicate payment request detected');
  });

  it('never interprets what came from outside', () => {
    const nasty = '{{count}} $t(errors.FORBIDDEN) <b>';
    const body = renderError(new ProductNotFound(nasty), { language: 'en', request_id: 'r' });
    expect(body.message).toBe(`Product ${nasty} does not exist.`);
  });
});
