/** What the wallet's own migration does: its method, and what it has asked the wallet for. */
export const WALLET_SCHEMA = `
  INSERT INTO payment_methods (method, provider, confirmed_by, refunded_by) VALUES ('wallet', 'wallet', 'page', 'provider');
  CREATE TABLE wallet_pages (
    payment_id  bigint PRIMARY KEY REFERENCES payments,
    ref         uuid NOT NULL UNIQUE,
    fence       bigint NOT NULL DEFAULT 1,
    -- abandoned: staff ended its payment, and the page may still be paid. closed: the wallet takes no more money on it.
    state       text NOT NULL DEFAULT 'unanswered' CHECK (state IN ('unanswered', 'open', 'abandoned', 'closed')),
    -- What was asked for, frozen: the same request goes out again until it is answered.
    request     jsonb NOT NULL,
    page_id     text UNIQUE,
    url         text,
    expires_at  timestamptz,
    asked_at    timestamptz NOT NULL DEFAULT now(),
    look_at     timestamptz NOT NULL DEFAULT now() + interval '5 seconds'
  );
  CREATE TABLE wallet_refunds (
    refund_id       bigint PRIMARY KEY REFERENCES refunds,
    ref             uuid NOT NULL UNIQUE,
    transaction_id  text NOT NULL,
    amount          bigint NOT NULL,
    fence           bigint NOT NULL DEFAULT 1,
    look_at         timestamptz NOT NULL DEFAULT now() + interval '5 seconds'
  )`;
