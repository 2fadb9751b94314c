// Sets light or dark before the first paint: the reader's choice, else the machine's.
(() => {
  const root = document.documentElement;
  if (root.hasAttribute("data-bs-theme")) return;
  const machine = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", machine.matches ? "dark" : "light");
  machine.addEventListener("change", () => !document.cookie.includes("tongguan_theme=") && follow());
  follow();
})();
