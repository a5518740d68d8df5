/** The one style sheet of the page. */
export const style = `
:root { color-scheme: light dark; --text: #1d2430; --quiet: #5b6675; --line: #d5dbe3; --back: #fff; --box: #f5f7fa;
  --error: #b3261e; --warning: #8a5a00; --info: #0b5cad; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --quiet: #9aa6b5; --line: #39424f; --back: #12161c; --box: #1b2129;
  --error: #ff8a80; --warning: #ffc14d; --info: #7ab8ff; --good: #5fd47f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--info); } p { margin: .35rem 0; }
.quiet { color: var(--quiet); } .error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
.good { color: var(--good); }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.count { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; background: var(--box); }
.count b { display: block; font-size: 1.4rem; line-height: 1.2; }
nav a { margin-right: 1rem; }
.filter { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; margin: .5rem 0 1rem; }
.filter input[type=search] { flex: 1 1 16rem; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--back); color: inherit; font: inherit; }
.finding { border: 1px solid var(--line); border-left: .3rem solid var(--quiet); border-radius: .4rem; padding: .6rem .9rem; margin: .6rem 0; }
.finding.is-error { border-left-color: var(--error); } .finding.is-warning { border-left-color: var(--warning); }
.finding.is-info { border-left-color: var(--info); }
.finding h4 { margin: 0 0 .25rem; font-size: 1rem; } [hidden] { display: none !important; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .75rem; margin: .4rem 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--box); border-radius: .4rem; padding: .6rem .8rem; overflow-x: auto; margin: .4rem 0; overflow-wrap: normal; }
pre mark { background: none; color: var(--error); font-weight: bold; text-decoration: underline wavy; }
summary { cursor: pointer; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--back); }
svg { max-width: 100%; height: auto; } svg text { fill: var(--text); font: 12px system-ui, sans-serif; } svg .small { fill: var(--quiet); font-size: 11px; }
svg rect { fill: var(--box); stroke: var(--line); } svg .edge { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
svg .edge.holds { stroke: var(--good); } svg .edge.fails { stroke: var(--error); stroke-width: 2.5; } svg .edge.unknown { stroke: var(--warning); stroke-dasharray: 5 4; }
svg .edge.trusts { stroke-dasharray: 2 3; } svg .axis { stroke: var(--quiet); } svg circle { fill: var(--info); } svg circle.breaks { fill: var(--error); } svg circle.expires { fill: var(--warning); }
@media print { .filter, nav { display: none; } body { max-width: none; } }
`;

/** Filters the findings. Without it everything is shown. */
export const script = `
const words = document.getElementById("words");
const boxes = [...document.querySelectorAll(".filter input[type=checkbox]")];
const findings = [...document.querySelectorAll(".finding")];
const shown = document.getElementById("shown");
const texts = findings.map((one) => one.textContent.toLowerCase());
function filter() {
  const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
  let count = 0;
  findings.forEach((one, i) => {
    one.hidden = off.has(one.dataset.severity) || !wanted.every((word) => texts[i].includes(word));
    if (!one.hidden) count += 1;
  });
  for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
  shown.textContent = count + " of " + findings.length;
}
for (const control of [words, ...boxes]) control.addEventListener("input", filter);
document.querySelector(".filter").hidden = false;
filter();
`;

/** What the page may run: these two texts and nothing else. Hashes as of CSP level 2; a test holds them to the texts. */
export const hashes = {
  style: "sha256-ON2lLXH7TtHtDEuc+WiCIICI3rEXVi0uhNyaxGLsQ8w=",
  script: "sha256-9isdnde/qv0Bk0Tf2WKPZC1JsLzKKrm0428WZHVcpyc=",
} as const;
