"use strict";
// The page that frames this one may give the frame its height.
new ResizeObserver(() => parent.postMessage({ figureHeight: document.documentElement.offsetHeight }, "*")).observe(document.documentElement);
