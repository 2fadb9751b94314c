// Draws the region's map and charts with ECharts from JSON beside them.
//
// Map: <div data-region="ID" data-outline="URL">, without a URL on a plain ground, and in the script tag ID:
//   {"sites": [{"code", "chinese", "english", "longitude", "latitude", "lying", "waiting",
//               "own" and "late": what waits for the site's own office, and what of it too long,
//               "rank": 1 (named first) to 3, "state": "well" | "busy" | "late" | "closed", "url"?}],
//    "moves": [{"from": code, "to": code, "count"}],
//    "views"?: [{"words", "center": [longitude, latitude], "zoom"}]}
// A site is as large as what waits there, a move as wide as what is on the road.
// The outline is GeoJSON; each feature has "name", "zh" and "cp" (where its name stands);
// "waters"? are names on the sea: [{"name", "zh", "cp"}].
// Chart: <div data-chart="ID">, and in the script tag ID an ECharts option.
(() => {
  "use strict";
  const chinese = document.documentElement.lang.startsWith("zh");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const phone = window.matchMedia("(max-width: 61.99rem)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const font = () => getComputedStyle(document.body).fontFamily;
  const dataOf = (id) => JSON.parse(document.getElementById(id).textContent);
  const drawn = [];
  // A box may change without the window: a bar that appears, a column that folds. What is drawn follows it.
  const boxes = new ResizeObserver((entries) => entries.forEach(({ target }) => window.echarts.getInstanceByDom(target)?.resize()));

  const STATES = { well: "customs-mark", busy: "trader-mark", late: "bad", closed: "edge" };
  const nameOf = (site) => (chinese ? site.chinese : site.english || site.chinese);
  const sizeOf = (site) => Math.min(44, 9 + 4.2 * Math.sqrt(site.waiting || 0)) * (phone.matches ? 0.72 : 1);

  const tip = (element, lines) => {
    const box = document.createElement("div");
    box.className = "region-tip";
    lines.forEach((words, index) => {
      const line = document.createElement(index ? "span" : "strong");
      line.textContent = words;
      box.append(line);
    });
    return box;
  };

  const regionOption = (element, data, outline) => {
    const words = element.dataset;
    const places = new Map(data.sites.map((site) => [site.code, site]));
    const point = (site) => [site.longitude, site.latitude];
    // A name stands on the first side of its site where no other site lies, in degrees.
    const reach = outline.features.flatMap((one) => one.geometry.coordinates.flat(2)).map(([x]) => x);
    const [first, last] = [Math.min(...reach) - 0.3, Math.max(...reach) + 0.3];
    const free = (site) => {
      const wide = 0.25 + nameOf(site).length * (chinese ? 0.22 : 0.13);
      const taken = (west, south, right, north) => site.longitude + right > last || site.longitude + west < first || data.sites.some((other) => other !== site && other.longitude > site.longitude + west && other.longitude < site.longitude + right && other.latitude > site.latitude + south && other.latitude < site.latitude + north);
      if (!taken(0, -0.15, wide, 0.15)) return "right";
      if (!taken(-wide, -0.15, 0, 0.15)) return "left";
      return taken(-wide / 2, -0.4, wide / 2, 0) ? "top" : "bottom";
    };
    const most = Math.max(1, ...data.moves.map((move) => move.count));
    const sites = [...data.sites].sort((a, b) => (a.rank || 3) - (b.rank || 3)).map((site) => ({
      name: nameOf(site), value: [...point(site), site.waiting], site, symbolSize: sizeOf(site),
      itemStyle: { color: colour(STATES[site.state] || STATES.well) },
      label: { position: free(site) },
    }));
    const moves = data.moves.filter((move) => places.has(move.from) && places.has(move.to)).map((move) => ({
      move, coords: [point(places.get(move.from)), point(places.get(move.to))],
      lineStyle: { width: 1 + (3 * move.count) / most },
    }));
    const lands = outline.features.filter((one) => one.properties.cp).map((one) => ({ name: one.properties.name, value: one.properties.cp }));
    const waters = (outline.waters || []).map((water) => ({
      name: chinese ? water.zh : water.name, value: water.cp, label: { color: colour("edge"), fontStyle: chinese ? "normal" : "italic" },
    }));
    return {
      animation: !calm,
      textStyle: { fontFamily: font() },
      tooltip: {
        trigger: "item", confine: true, backgroundColor: colour("paper"), borderColor: colour("line"), textStyle: { color: colour("ink") },
        formatter: ({ data: one }) => {
          if (one?.site) {
            const { site } = one;
            return tip(element, [`${site.code} ${chinese ? site.chinese : `${site.chinese} ${site.english}`}`, `${words.wordsLying} ${site.lying} · ${words.wordsWaiting} ${site.waiting}`, ...(site.late ? [`${words.wordsLate} ${site.late}/${site.own}`] : [])]);
          }
          if (one?.move) {
            const { move } = one;
            return tip(element, [`${nameOf(places.get(move.from))} → ${nameOf(places.get(move.to))}`, `${words.wordsMoving} ${move.count}`]);
          }
          return "";
        },
      },
      geo: {
        map: element.id, roam: phone.matches ? false : "move", aspectScale: 0.78, layoutCenter: ["50%", "50%"], layoutSize: phone.matches ? "110%" : "98%",
        itemStyle: { areaColor: colour("land"), borderColor: colour("shore"), borderWidth: 1 },
        emphasis: { disabled: true }, silent: true,
        label: { show: false },
      },
      series: [
        {
          type: "lines", coordinateSystem: "geo", zlevel: 1, data: moves,
          symbol: ["none", "arrow"], symbolSize: 7, lineStyle: { color: colour("accent"), opacity: 0.5, curveness: 0.22 },
          effect: { show: !calm, period: 6, trailLength: 0, symbol: "circle", symbolSize: 5, color: colour("accent") },
        },
        {
          type: "scatter", coordinateSystem: "geo", zlevel: 2, data: sites, cursor: "pointer",
          itemStyle: { opacity: 0.9, borderColor: colour("paper"), borderWidth: 1.5 },
          emphasis: { scale: 1.15 },
          label: { show: true, position: "right", formatter: "{b}", color: colour("ink"), fontSize: phone.matches ? 11 : 12, padding: [1, 3], textBorderColor: colour("land"), textBorderWidth: 2 },
          labelLayout: { hideOverlap: true },
        },
        // Names of land and sea make way for those of sites: all labels that may hide are laid out together.
        {
          type: "scatter", coordinateSystem: "geo", symbolSize: 0, silent: true, tooltip: { show: false },
          data: [...lands, ...waters], labelLayout: { hideOverlap: true },
          label: { show: true, position: "inside", formatter: "{b}", padding: [1, 3], color: colour("soft"), fontSize: phone.matches ? 11 : 13 },
        },
      ],
    };
  };

  // Where no land is drawn: a ground a little larger than where the sites lie.
  const plain = (sites) => {
    const [x, y] = [sites.map((site) => site.longitude), sites.map((site) => site.latitude)];
    const [west, east, south, north] = [Math.min(...x) - 0.5, Math.max(...x) + 0.5, Math.min(...y) - 0.5, Math.max(...y) + 0.5];
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    return { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: " ", zh: " " }, geometry: { type: "MultiPolygon", coordinates: [[ring]] } }] };
  };

  const mountRegion = async (element) => {
    const data = dataOf(element.dataset.region);
    const outline = element.dataset.outline ? await (await fetch(element.dataset.outline)).json() : plain(data.sites);
    outline.features.forEach((feature) => { if (chinese) feature.properties.name = feature.properties.zh; });
    window.echarts.registerMap(element.id, outline);
    const chart = window.echarts.init(element);
    const draw = () => chart.setOption(regionOption(element, data, outline), true);
    draw();
    chart.on("click", ({ data: one }) => { if (one?.site?.url) window.location.assign(one.site.url); });
    document.querySelectorAll(`[data-view-of="${element.id}"]`).forEach((button) => button.addEventListener("click", () => {
      const view = (data.views || [])[button.dataset.view];
      chart.setOption({ geo: view ? { center: view.center, zoom: view.zoom } : { center: null, zoom: 1 } });
      document.querySelectorAll(`[data-view-of="${element.id}"]`).forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    }));
    drawn.push({ draw });
    boxes.observe(element);
  };

  const mountChart = (element) => {
    const chart = window.echarts.init(element);
    const axis = { axisLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line") } } };
    const draw = () => {
      const option = dataOf(element.dataset.chart);
      const quiet = (one) => ({ ...axis, ...one });
      ["xAxis", "yAxis"].forEach((name) => { if (option[name]) option[name] = [option[name]].flat().map(quiet); });
      const palette = ["accent", "trader-mark", "agency-mark", "carrier-mark", "nobody-mark"].map(colour);
      chart.setOption({ animation: !calm, color: palette, textStyle: { fontFamily: font(), color: colour("ink") }, ...option }, true);
    };
    draw();
    drawn.push({ draw });
    boxes.observe(element);
  };

  const mount = (within) => {
    within.querySelectorAll("[data-region]:not([data-ready])").forEach((one) => { one.dataset.ready = ""; mountRegion(one); });
    within.querySelectorAll("[data-chart]:not([data-ready])").forEach((one) => { one.dataset.ready = ""; mountChart(one); });
  };
  mount(document);
  document.body.addEventListener("htmx:afterSettle", () => mount(document));
  document.addEventListener("tongguan:theme", () => drawn.forEach(({ draw }) => draw()));
})();
