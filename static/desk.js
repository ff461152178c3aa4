// Brings people who listen or type to what matters on the page: what went wrong, or what will change.
document.querySelector("[data-focus]")?.focus();
