// Brings people who listen or type to what matters on the page: what went wrong, or what will change.
document.querySelector("[data-focus]")?.focus();

// Shows the source text where the highlighted words begin, without moving the page.
const words = document.getElementById("span");
if (words) {
  const box = words.closest(".excerpt");
  box.scrollTop += words.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}
