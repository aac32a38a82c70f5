/** Plain CSS inside the page: nothing is loaded from elsewhere. */
export const STYLE = `
*, *::before, *::after { box-sizing: border-box; }
:root { color-scheme: light dark; --ink: #1a1f36; --soft: #5a6178; --line: #d5dae4; --edge: #8b93a7; --link: #0b5cd7; --blue: #0b5cd7; --dark-blue: #0a4eb8; --red: #b3152a; --stop: #b3152a; --paper: #fff; --side: #f4f6fb; --field: #fff; --plain: #e9edf5; --darker: #dbe1ed; --rose: #fdeef0; --rose-edge: #eab4bc; --gold-ink: #4a3500; --gold: #ffe9a8; --gold-edge: #c9a941; --cream: #fffaeb; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9ecf5; --soft: #a9b1c7; --line: #353d52; --edge: #6d7690; --link: #8ab8ff; --red: #ff9aa6; --paper: #12151f; --side: #1a1f2d; --field: #1d2231; --plain: #2b3245; --darker: #38415a; --rose: #34181d; --rose-edge: #6e2f39; --gold-ink: #ffe7a3; --gold: #4a3a0d; --gold-edge: #7d6a2a; --cream: #211d10; }
}
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif; }
h1, h2, p, dl, dd, ul, fieldset { margin: 0; padding: 0; border: 0; }
a { color: var(--link); }
.simulation { padding: 8px 20px; text-align: center; font-size: 14px; font-weight: 600; color: var(--gold-ink); background: var(--gold); border-bottom: 1px solid var(--gold-edge); }
.page { min-height: calc(100vh - 38px); display: grid; grid-template-columns: 1fr; grid-template-rows: auto 1fr; }
.about { background: var(--side); padding: 24px 20px; }
.work { padding: 28px 20px 40px; }
.about > div, .work > div { width: 100%; max-width: 440px; margin: 0 auto; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 600; }
.mark { flex: none; width: 30px; height: 30px; border-radius: 8px; color: #fff; background: var(--blue); display: grid; place-items: center; font-weight: 700; }
.badge { margin-left: auto; padding: 2px 8px; border-radius: 4px; font-size: 12px; font-weight: 700; letter-spacing: .04em; color: var(--gold-ink); background: var(--gold); }
.lead { margin-top: 22px; color: var(--soft); }
.amount { font-size: 36px; line-height: 1.15; font-weight: 700; letter-spacing: -.01em; overflow-wrap: anywhere; }
.amount.long { font-size: clamp(18px, 6.2vw, 30px); }
.items { margin-top: 20px; list-style: none; }
.items li, .sum { display: flex; justify-content: space-between; gap: 16px; padding: 10px 0; }
.items span:first-child { min-width: 0; overflow-wrap: anywhere; }
.items small { display: block; color: var(--soft); }
.items b, .sum b { white-space: nowrap; font-variant-numeric: tabular-nums; }
.sum { border-top: 1px solid var(--line); font-weight: 600; }
.note { font-size: 14px; color: var(--soft); }
.about .note { margin-top: 12px; }
h2, legend { font-size: 17px; font-weight: 600; padding: 0; }
section, fieldset { margin-bottom: 26px; min-width: 0; }
label { display: block; margin: 12px 0 5px; font-size: 14px; font-weight: 600; }
input[type=text], input[type=email] { width: 100%; min-height: 46px; padding: 10px 12px; color: inherit; background: var(--field); font: inherit; border: 1px solid var(--edge); border-radius: 7px; }
input[readonly] { color: var(--soft); background: var(--side); }
input[aria-invalid=true] { border-color: var(--red); border-width: 2px; }
:focus-visible { outline: 3px solid #7fb1ff; outline-offset: 2px; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 14px; align-items: start; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wrong { color: var(--red); font-size: 14px; margin-top: 4px; }
.alert { margin-bottom: 22px; padding: 12px 16px; color: var(--red); background: var(--rose); border: 1px solid var(--rose-edge); border-radius: 7px; }
.alert ul { padding-left: 20px; }
.choices { margin-top: 10px; border: 1px solid var(--line); border-radius: 9px; overflow: hidden; }
.choice + .choice { border-top: 1px solid var(--line); }
.choice > label { display: flex; align-items: center; gap: 12px; margin: 0; padding: 13px 16px; font-size: 16px; cursor: pointer; }
.choice input[type=radio] { width: 18px; height: 18px; margin: 0; accent-color: var(--blue); }
.inside { padding: 0 16px 18px; display: none; }
.choice:has(> label input:checked) .inside { display: block; }
@supports not selector(:has(*)) { .inside { display: block; } }
.button { display: block; width: 100%; min-height: 50px; padding: 12px 20px; color: #fff; background: var(--blue); font: inherit; font-weight: 600; text-align: center; text-decoration: none; border: 0; border-radius: 7px; cursor: pointer; }
.button:hover { background: var(--dark-blue); }
.button.plain { color: var(--ink); background: var(--plain); }
.button.plain:hover { background: var(--darker); }
.under { margin-top: 10px; text-align: center; }
.tests { margin-top: 30px; padding: 14px 16px; font-size: 14px; border: 1px dashed var(--gold-edge); border-radius: 9px; background: var(--cream); }
.tests h2 { font-size: 14px; }
.tests code { font: 600 14px/1.7 ui-monospace, 'Liberation Mono', Menlo, monospace; white-space: nowrap; }
.tests ul { list-style: none; margin: 4px 0; }
.state h1 { font-size: 26px; line-height: 1.25; margin-bottom: 10px; }
.state .button { margin-top: 14px; }
.sign { width: 46px; height: 46px; margin-bottom: 16px; border-radius: 50%; display: grid; place-items: center; font-size: 24px; font-weight: 700; color: #fff; background: #177245; }
.sign.wait { background: #8a5a00; }
.sign.stop { background: var(--stop); }
@media (min-width: 900px) {
  .page { grid-template-columns: 1fr 1fr; grid-template-rows: 1fr; }
  .about { padding: 64px 40px; }
  .work { padding: 64px 40px; }
  .about > div { margin-right: 40px; margin-left: auto; }
  .work > div { margin-left: 40px; margin-right: auto; }
  .amount { font-size: 44px; }
  .amount.long { font-size: clamp(20px, 2.6vw, 34px); }
}
`;
