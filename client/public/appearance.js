// Before the first paint: the theme, text size and language chosen on this device.
;(function () {
  try {
    var chosen = JSON.parse(localStorage.getItem('youyu.appearance') || '{}')
    var root = document.documentElement
    if (chosen.theme === 'light' || chosen.theme === 'dark') root.dataset.theme = chosen.theme
    if (chosen.type === 'large') root.dataset.type = 'large'
    if (chosen.language === 'en') root.lang = 'en'
  } catch (_) {}
})()
