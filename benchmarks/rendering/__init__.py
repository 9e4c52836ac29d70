"""Made-up forms as documents: pages of a browser, workbooks; the styles they are printed in."""
