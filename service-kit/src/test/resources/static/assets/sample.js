document.documentElement.dataset.sampleLoaded = 'true';
