// Videos over the whole screen, and short ones without sound, play by themselves while they are in sight, unless the reader
// wants less motion. Others have a button, or their picture, to fill the screen. Without this script all have controls.
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
  for (const video of document.querySelectorAll("video.opens")) {
    const button = video.nextElementSibling;
    const show = (controls) => {
      video.controls = controls;
      button.hidden = controls;
    };
    const open = () => {
      if (video.controls) return;
      show(true);
      video.focus();
      // Where a video cannot fill the screen, it plays where it is.
      if (video.requestFullscreen) video.requestFullscreen().catch(() => {});
      video.play().catch(() => {});
    };
    button.addEventListener("click", open);
    video.addEventListener("click", open);
    video.addEventListener("fullscreenchange", () => {
      if (document.fullscreenElement === video) return;
      video.pause();
      show(false);
      button.focus();
    });
    show(false);
  }
})();
