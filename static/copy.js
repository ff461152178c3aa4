"use strict";
// Buttons that copy the text of the field they name. Without this file the field is selectable.

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    const status = button.parentElement.querySelector("[role=status]");
    try {
      if (button.dataset.as === "rich") await copyRich(field.value);
      else await navigator.clipboard.writeText(field.value);
      status.textContent = "Copied";
    } catch {
      field.select();
      status.textContent = "Selected: press Ctrl+C (⌘C on a Mac) to copy";
    }
  });
}

// As a quotation with its source below it, for Word and mail; addresses become links.
function copyRich(text) {
  const [words, source] = text.split(/\n\n(?=[^\n]*$)/);
  const quotation = document.createElement("blockquote");
  quotation.textContent = words;
  const from = document.createElement("p");
  for (const part of source.split(/(https?:\/\/\S+)/)) {
    const node = part.startsWith("http") ? document.createElement("a") : document.createElement("span");
    if (part.startsWith("http")) node.href = part;
    node.textContent = part;
    from.append(node);
  }
  const rich = quotation.outerHTML + from.outerHTML;
  return navigator.clipboard.write([
    new ClipboardItem({
      "text/html": new Blob([rich], { type: "text/html" }),
      "text/plain": new Blob([text], { type: "text/plain" }),
    }),
  ]);
}
