// Videos over the whole screen play by themselves while they are in sight, unless the reader wants less motion. Without
// this script they have controls and stand still.
(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const video of document.querySelectorAll("video.ambient")) {
    const button = video.nextElementSibling;
    let wanted = !calm;
    const update = () => {
      button.setAttribute("aria-label", video.paused ? "Play" : "Pause");
      button.classList.toggle("paused", video.paused);
    };
    video.controls = false;
    video.muted = true;
    button.hidden = false;
    video.addEventListener("play", update);
    video.addEventListener("pause", update);
    button.addEventListener("click", () => {
      wanted = video.paused;
      if (wanted) video.play().catch(update);
      else video.pause();
    });
    new IntersectionObserver(([entry]) => {
      if (entry.isIntersecting && wanted) video.play().catch(update);
      else video.pause();
    }).observe(video);
    update();
  }
})();
