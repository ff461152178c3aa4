"use strict";
// The findings page works without this file. With it, a tick updates the results in place.

const byId = (id) => document.getElementById(id);
const finder = byId("finder");
const panel = byId("filters");

// Addresses stay short: what is empty is left out of them.
byId("search-form").addEventListener("formdata", ({ formData }) => {
  for (const name of [...new Set(formData.keys())]) {
    if (formData.getAll(name).every((value) => value === "")) formData.delete(name);
  }
});

// A long list is narrowed by typing. Ticked values always stay in sight.
document.addEventListener("input", ({ target }) => {
  if (target.dataset.filterList) narrow(target);
});
// What is typed to narrow a list is no change of the search.
document.addEventListener(
  "change",
  (event) => {
    if (event.target.dataset.filterList) event.stopPropagation();
  },
  true,
);

function narrow(input) {
  const list = byId(input.dataset.filterList);
  const wanted = input.value.trim().toLocaleLowerCase("en-GB");
  for (const item of list.querySelectorAll("li")) {
    const ticked = item.querySelector("input").checked;
    item.hidden = !ticked && !item.textContent.toLocaleLowerCase("en-GB").includes(wanted);
  }
  const rest = list.querySelector(".facet-rest");
  if (rest && wanted) rest.open = true;
}

// On a narrow screen the filters are a panel over the page: the button below them leads to the results.
byId("filters").addEventListener("click", (event) => {
  if (!event.target.closest("#show-results") || !panel.matches(":popover-open")) return;
  event.preventDefault();
  panel.hidePopover();
  byId("results").scrollIntoView();
  byId("results").focus({ preventScroll: true });
});

// An update may have replaced the button that opened the panel, and with it the way back for the focus.
panel.addEventListener("toggle", ({ newState }) => {
  const focused = document.activeElement;
  const isLost = focused === document.body || panel.contains(focused);
  if (newState === "closed" && isLost) byId("filters-button").focus({ preventScroll: true });
});

// An update replaces what is in the filters: what the reader had opened and typed is put back.
let kept;
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (finder.contains(target) && !target.dataset.opens) byId("results").ariaBusy = "true";
});
document.addEventListener("htmx:beforeSwap", () => {
  kept = {
    open: new Map([...finder.querySelectorAll("details")].map((facet) => [facet.id, facet.open])),
    typed: new Map(
      [...finder.querySelectorAll("[data-filter-list]")].map((input) => [input.id, input.value]),
    ),
  };
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  byId("unanswered").hidden = true;
  if (target.closest(".result")) {
    target.closest(".result").querySelector("[data-opens]")?.remove();
    return;
  }
  for (const [id, open] of kept.open) withElement(id, (facet) => (facet.open = open));
  for (const [id, value] of kept.typed) {
    withElement(id, (input) => {
      if (input.value === value) return;
      input.value = value;
      narrow(input);
    });
  }
  byId("announcement").textContent = byId("results-title").textContent;
});

function withElement(id, change) {
  const element = byId(id);
  if (element) change(element);
}

// Without an answer the page stays as it is and says so; the link asks for what was wanted.
document.addEventListener("htmx:sendError", ({ detail }) => {
  byId("results").ariaBusy = "false";
  byId("try-again").href = detail.pathInfo.finalRequestPath;
  byId("unanswered").hidden = false;
  if (panel.matches(":popover-open")) panel.hidePopover();
});
// Another answer than the page that was expected: let the browser ask, and show what it gets.
for (const failure of ["htmx:responseError", "htmx:swapError"]) {
  document.addEventListener(failure, () => byId("search-form").submit());
}
