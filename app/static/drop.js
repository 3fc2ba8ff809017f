// Files dropped on a form are those of its field.

for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  for (const event of ["dragover", "dragenter"]) {
    form.addEventListener(event, (over) => { over.preventDefault(); form.classList.add("drop-over"); });
  }
  for (const event of ["dragleave", "drop"]) {
    form.addEventListener(event, () => form.classList.remove("drop-over"));
  }
  form.addEventListener("drop", (dropped) => {
    dropped.preventDefault();
    if (dropped.dataTransfer.files.length) field.files = dropped.dataTransfer.files;
  });
}
