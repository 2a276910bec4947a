// Sliders that say at once what a case would come to; without this script the form is sent and the server says it.
//
//   <script type="application/json" id="what-if-data">{"lines": […], "factors": […], "years": […]}</script>
//   <form data-what-if="what-if-data" data-never="…"> … <output data-what-if-npv> <output data-what-if-payback>
//     <output data-what-if-percent="ref"> <input type="range" name="ref"> </form>
function follow(form) {
  const { lines, factors, years, discounted } = JSON.parse(document.getElementById(form.dataset.whatIf).textContent);
  const npvShown = form.querySelector("[data-what-if-npv]");
  const paybackShown = form.querySelector("[data-what-if-payback]");
  const money = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });

  const tell = () => {
    const at = Object.fromEntries([...new FormData(form)].map(([ref, percent]) => [ref, Number(percent) / 100]));
    for (const [ref, factor] of Object.entries(at)) {
      const shown = form.querySelector(`[data-what-if-percent="${ref}"]`);
      if (shown) shown.textContent = `${Math.round(factor * 100)} %`;
    }
    const net = years.map(() => 0);
    for (const { full, shares, moved } of lines) {
      const factor = moved.reduce((product, ref) => product * (at[ref] ?? 1), full);
      shares.forEach((share, year) => { net[year] += factor * share; });
    }
    const npv = net.reduce((sum, amount, year) => sum + amount * factors[year], 0);
    let soFar = 0;
    const back = years.find((_year, place) => {
      soFar += discounted ? net[place] * factors[place] : net[place];
      return soFar >= -1e-6;
    });
    npvShown.textContent = money.format(Math.round(npv));
    npvShown.classList.toggle("case-below", npv < 0);
    paybackShown.textContent = back ?? form.dataset.never;
  };
  form.addEventListener("input", tell);
}

for (const form of document.querySelectorAll("form[data-what-if]")) follow(form);
