"use strict";
// Buttons that copy the text of the field they name. Without this file the field is selectable.

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = "Copied";
    } catch {
      field.select();
      status.textContent = "Selected: press Ctrl+C (⌘C on a Mac) to copy";
    }
  });
}
