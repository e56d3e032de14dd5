// The sheets only name the slices; a slice travels when the page shows one of its characters.
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
