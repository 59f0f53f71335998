/** The look of a certificate: one A4 page, on paper as on a screen, with fonts that the reader's machine has. */
export const PAGE_STYLE = `
@page { size: A4; margin: 0 }
* { box-sizing: border-box; margin: 0 }
html { background: #d9dcd8; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { --ink: #16323f; --jade: #2f6b62; --seal: #a8322a; --line: #b9c7bd;
  font: 9.4pt/1.45 "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif; color: var(--ink) }
:lang(zh) { font-family: "Songti SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", SimSun, "Noto Sans SC", serif }
code, code:lang(zh) { font: 7.1pt/1.5 "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  overflow-wrap: anywhere }
main { position: relative; width: 210mm; height: 297mm; margin: 8mm auto; overflow: hidden; background: #fcfbf5;
  padding: 21mm 23mm 17mm; display: flex; flex-direction: column }
@media print { html { background: none } main { margin: 0 } }
.frame { position: absolute; inset: 8mm; border: 0.9mm solid var(--jade); outline: 0.25mm solid var(--jade);
  outline-offset: 1.1mm }
.frame::after { content: ""; position: absolute; inset: 1.2mm; border: 0.25mm solid var(--jade) }
svg { position: absolute; fill: none; stroke: var(--jade); overflow: visible }
.ghost { width: 150mm; height: 150mm; left: 30mm; top: 76mm; stroke-width: 0.28; opacity: 0.15 }
.corner { width: 17mm; height: 17mm; stroke-width: 1.1; background: #fcfbf5; border-radius: 50% }
.tl { left: 4mm; top: 4mm } .tr { right: 4mm; top: 4mm } .bl { left: 4mm; bottom: 4mm } .br { right: 4mm; bottom: 4mm }
main > *:not(svg):not(.frame) { position: relative }
.sides { display: grid; grid-template-columns: 1fr 1fr; column-gap: 12mm }
.sides > * + *::before { content: ""; position: absolute; left: 50%; top: 1mm; bottom: 1mm; border-left: 0.2mm solid var(--line) }
.register { font-size: 8pt; letter-spacing: 0.16em; text-transform: uppercase; color: var(--jade); text-align: center }
.register:lang(zh) { letter-spacing: 0.4em; font-size: 8.5pt }
h1 { font-weight: 600; text-align: center; color: var(--ink); display: grid; align-content: center; min-height: 21mm }
h1:lang(en) { font-size: 21pt; line-height: 1.12; letter-spacing: 0.01em }
h1:lang(zh) { font-size: 29pt; line-height: 1.1; letter-spacing: 0.14em; text-indent: 0.14em }
.number { text-align: center; margin: 2.5mm 0 4mm; color: var(--seal); font-size: 11pt; letter-spacing: 0.06em }
.number b { font-size: 15pt; padding: 0 2.5mm; font-variant-numeric: lining-nums tabular-nums }
.statement { text-align: justify; hyphens: manual; margin-bottom: 4.5mm }
.statement p:lang(zh) { line-height: 1.62 }
table { width: 100%; border-collapse: collapse; border-top: 0.5mm solid var(--jade); border-bottom: 0.5mm solid var(--jade) }
th { width: 29mm; font-weight: 400; font-size: 8pt; line-height: 1.25; color: var(--jade); text-align: left; vertical-align: middle }
th:last-child { text-align: right; font-size: 8.4pt }
td { padding: 1.35mm 2mm; text-align: center; border-bottom: 0.15mm solid var(--line); vertical-align: middle }
tr > th { border-bottom: 0.15mm solid var(--line) }
tr:last-child > * { border-bottom: 0 }
td b { font-weight: 600; font-variant-numeric: lining-nums tabular-nums }
td code { display: block }
.seal { margin-top: auto; display: grid; grid-template-columns: 1fr 37mm 1fr; align-items: center; column-gap: 5mm }
.seal > div { font-size: 8.3pt; line-height: 1.42 }
.seal code, .seal code:lang(zh) { font-size: 6.2pt }
.seal code:first-of-type { display: block }
.seal h2 { font-size: 8.8pt; font-weight: 600; color: var(--jade); margin-bottom: 0.6mm }
.stamp { position: relative; height: 37mm; text-align: center; color: var(--seal); display: grid; place-content: center;
  line-height: 1.2 }
.stamp svg { inset: 0; width: 37mm; height: 37mm; stroke: var(--seal); stroke-width: 0.85; opacity: 0.55 }
.stamp span { position: relative; background: #fcfbf5; border-radius: 50%; width: 19mm; height: 19mm; display: grid;
  place-content: center; font-size: 7.6pt }
.stamp b:lang(zh) { font-size: 12pt; letter-spacing: 0.1em; text-indent: 0.1em }
footer { margin-top: 2mm; padding-top: 1.6mm; border-top: 0.2mm solid var(--line); font-size: 7pt; line-height: 1.5; color: #43585c;
  display: grid; grid-template-columns: 35mm 1fr; column-gap: 3mm }
footer code, footer code:lang(zh) { font-size: 6.2pt }
`;
