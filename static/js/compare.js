// The comparison at once: a changed control fetches the page it would lead to and shows its
// result. Whatever goes wrong ends in the plain form, which works by itself.
(() => {
  const form = document.getElementById("_ask");
  const said = document.getElementById("_said");
  const patience = 8000;
  let running;

  const copyTo = (from, id) => {
    const next = from.getElementById(id);
    document.getElementById(id).replaceWith(next);
    return next;
  };

  // Shows the page at an address; `whole` also fills the form, for back and forward.
  const show = async (address, whole) => {
    running?.abort();
    const mine = (running = new AbortController());
    const result = document.getElementById("_result");
    const late = setTimeout(() => mine.abort("late"), patience);
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal, credentials: "omit" });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("_result");
      if (!fresh) throw "not a comparison";
      if (running !== mine) return;
      if (whole) refill(page);
      copyTo(page, "_result");
      document.title = page.title;
      const canonical = document.querySelector("link[rel=canonical]");
      const next = page.querySelector("link[rel=canonical]");
      if (canonical && next) canonical.href = next.href;
      if (!whole) history.pushState(null, "", fresh.dataset.here);
      said.textContent = document.getElementById("_message").textContent;
      finish();
    } catch (problem) {
      if (running !== mine) return;
      location.assign(address);
    } finally {
      clearTimeout(late);
      if (running === mine) result.removeAttribute("aria-busy");
    }
  };

  // The controls keep their places, and with them the focus; only what they say changes.
  const refill = (page) => {
    const theirs = page.getElementById("_ask").elements;
    [...form.elements].forEach((control, index) => {
      const other = theirs[index];
      if (!other || other.name !== control.name) return;
      if (control.type === "checkbox") control.checked = other.checked;
      else if (control.type !== "hidden" && "value" in control) control.value = other.value;
    });
  };

  const address = () => {
    const asked = new URLSearchParams(new FormData(form));
    if (!asked.get("offer")) ["offer", "offer_currency"].forEach((name) => asked.delete(name));
    return form.action + "?" + asked;
  };

  // What needs the browser: whole addresses, and a button that copies.
  const finish = () => {
    const snippet = document.getElementById("_snippet");
    snippet.textContent = snippet.textContent.replace('src="/', 'src="' + location.origin + "/");
  };

  form.addEventListener("change", () => show(address()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address());
  });
  addEventListener("popstate", () => show(location.href, true));
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = "Link copied";
      link.dataset.copy = "done";
    } catch {
      location.assign(link.href);
    }
  });
  finish();
})();
