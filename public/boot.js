// Before the first paint, so that a dark room stays dark: the theme and language chosen on this device.
(function () {
  var root = document.documentElement;
  var stored = function (name) {
    try {
      return JSON.parse(localStorage.getItem('medtrade.' + name));
    } catch (e) {
      return null;
    }
  };
  var theme = stored('theme');
  var isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.style.colorScheme = isDark ? 'dark' : 'light';
  root.style.backgroundColor = isDark ? '#10151b' : '#f6f7f9';
  root.lang = stored('locale') || (navigator.language.indexOf('zh') === 0 ? 'zh-CN' : 'en');
})();
