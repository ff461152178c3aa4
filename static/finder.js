"use strict";
// The findings page works without this file. With it, a tick updates the results in place.

const finder = () => document.getElementById("finder");

// Addresses stay short: what is empty is left out of them.
document.getElementById("search-form").addEventListener("formdata", ({ formData }) => {
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
  const wanted = input.value.trim().toLocaleLowerCase("en-GB");
  for (const item of document.getElementById(input.dataset.filterList).children) {
    const ticked = item.querySelector("input").checked;
    item.hidden = !ticked && !item.textContent.toLocaleLowerCase("en-GB").includes(wanted);
  }
}

// An update replaces the filters: what the reader had opened, typed and scrolled to is put back.
let kept;
document.addEventListener("htmx:beforeSwap", () => {
  kept = {
    open: new Map([...finder().querySelectorAll("details")].map((facet) => [facet.id, facet.open])),
    typed: new Map(
      [...finder().querySelectorAll("[data-filter-list]")].map((input) => [input.id, input.value]),
    ),
    scrolled: new Map(
      [...finder().querySelectorAll(".facet-values")].map((list) => [list.id, list.scrollTop]),
    ),
  };
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, open] of kept.open) withElement(id, (facet) => (facet.open = open));
  for (const [id, value] of kept.typed) {
    withElement(id, (input) => {
      input.value = value;
      narrow(input);
    });
  }
  for (const [id, top] of kept.scrolled) withElement(id, (list) => (list.scrollTop = top));
  const title = document.getElementById("results-title").textContent;
  document.getElementById("announcement").textContent = title;
});

function withElement(id, change) {
  const element = document.getElementById(id);
  if (element) change(element);
}

// No answer, or not the page that was expected: let the browser ask, and show what it gets.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:swapError"]) {
  document.addEventListener(failure, () => document.getElementById("search-form").submit());
}
