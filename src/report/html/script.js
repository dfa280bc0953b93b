"use strict";
(() => {
  const byId = (id) => document.getElementById(id);

  // The theme: what the system says, unless the reader chose.
  const root = document.documentElement;
  const theme = byId("theme");
  const themes = ["auto", "light", "dark"];
  const show = (name) => {
    if (name === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", name);
    theme.textContent = `Theme: ${name}`;
  };
  // A browser may refuse to store anything for a file.
  const stored = (name) => {
    try {
      if (name) localStorage.setItem("ztvet-theme", name);
      return localStorage.getItem("ztvet-theme");
    } catch {
      return null;
    }
  };
  let chosen = themes.includes(stored()) ? stored() : "auto";
  show(chosen);
  theme.hidden = false;
  theme.addEventListener("click", () => {
    chosen = themes[(themes.indexOf(chosen) + 1) % themes.length];
    stored(chosen);
    show(chosen);
  });

  // What is printed is all that is shown, unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });

  const groups = [...document.querySelectorAll("details.rule")].map((element) => ({
    element,
    rule: element.dataset.rule,
    title: element.querySelector("h3").textContent,
    principle: element.dataset.principle,
    count: element.querySelector(".count"),
    findings: [...element.querySelectorAll(".findings > li")].map((item) => ({
      item,
      severity: item.dataset.severity,
      status: item.dataset.status,
      subject: item.querySelector(".subject").textContent,
      text: null,
    })),
  }));
  const all = groups.flatMap((group) => group.findings);
  if (all.length === 0) {
    byId("plain").remove();
    return;
  }

  const form = byId("filter");
  const text = byId("text");
  const selects = ["principle", "rule", "subject", "status"].map(byId);
  const [principle, rule, subject, status] = selects;
  const shown = byId("shown");

  const number = (count) => count.toLocaleString("en");
  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  const offer = (select, counts, name = (value) => value) => {
    for (const [value, count] of counts) {
      select.add(new Option(`${name(value)} (${number(count)})`, value));
    }
  };
  const sorted = (counts) => new Map([...counts].sort(([one], [other]) => one.localeCompare(other, "en")));
  const sizes = (key) => {
    const counts = new Map();
    for (const group of groups) counts.set(group[key], (counts.get(group[key]) ?? 0) + group.findings.length);
    return counts;
  };
  offer(principle, sorted(sizes("principle")));
  const titles = new Map(groups.map((group) => [group.rule, group.title.replace(/^\S+\s+/, "")]));
  offer(rule, sorted(sizes("rule")), (id) => titles.get(id));
  offer(subject, sorted(tally(all.map((finding) => finding.subject))));
  const names = { open: "Open", waived: "Waived", baseline: "In the baseline" };
  const statuses = tally(all.map((finding) => finding.status));
  offer(status, statuses, (value) => names[value]);
  status.parentElement.hidden = statuses.size < 2;

  const severities = tally(all.map((finding) => finding.severity));
  for (const severity of ["critical", "high", "medium", "low", "info"]) {
    if (!severities.has(severity)) continue;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = severity;
    const label = document.createElement("label");
    label.append(box, `${severity} (${number(severities.get(severity))})`);
    byId("severities").append(label);
  }
  const boxes = [...byId("severities").querySelectorAll("input")];

  // Every word must be somewhere in a finding or in its rule's title.
  const words = () => text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const matcher = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const sought = words();
    return (group, finding) => {
      if (wanted.size > 0 && !wanted.has(finding.severity)) return false;
      if (status.value && finding.status !== status.value) return false;
      if (subject.value && finding.subject !== subject.value) return false;
      if (sought.length === 0) return true;
      finding.text ??= `${group.title} ${finding.item.textContent}`.toLowerCase();
      return sought.every((word) => finding.text.includes(word));
    };
  };
  const apply = () => {
    const matches = matcher();
    let total = 0;
    for (const group of groups) {
      const possible = (!rule.value || group.rule === rule.value) && (!principle.value || group.principle === principle.value);
      let here = 0;
      for (const finding of group.findings) {
        const fits = possible && matches(group, finding);
        if (finding.item.hidden === fits) finding.item.hidden = !fits;
        if (fits) here += 1;
      }
      group.element.hidden = here === 0;
      const size = group.findings.length;
      group.count.textContent = here === size ? number(size) : `${number(here)} of ${number(size)}`;
      total += here;
    }
    const noun = all.length === 1 ? "finding" : "findings";
    shown.textContent = total === 0
      ? `No finding of ${number(all.length)} fits the filter.`
      : `Showing ${number(total)} of ${number(all.length)} ${noun}.`;
  };

  // What somebody has decided of already is not in the way.
  const start = () => {
    if (statuses.size > 1 && statuses.has("open")) status.value = "open";
    apply();
  };
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(start));

  const fold = byId("fold");
  fold.addEventListener("click", () => {
    const open = fold.getAttribute("aria-expanded") !== "true";
    for (const group of groups) group.element.open = open;
    fold.setAttribute("aria-expanded", String(open));
    fold.textContent = open ? "Fold all" : "Unfold all";
  });

  // A link to a rule shows it, whatever the filter says.
  const follow = () => {
    const target = location.hash.startsWith("#rule-") ? byId(location.hash.slice(1)) : null;
    if (!target) return;
    if (target.hidden) {
      for (const field of [text, ...selects]) field.value = "";
      for (const box of boxes) box.checked = false;
      rule.value = target.dataset.rule;
      apply();
      target.scrollIntoView();
    }
    target.open = true;
    target.querySelector("summary").focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);

  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      text.focus();
      text.select();
    } else if (event.key === "Escape" && document.activeElement === text && text.value) {
      text.value = "";
      apply();
    }
  });

  byId("plain").remove();
  form.hidden = false;
  start();
  follow();
})();
