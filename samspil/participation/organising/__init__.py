"""The pages of those who ask: plan a round in two minutes, hand out the ways in, open it, close it, tell what
came of it. The quick way is the default; everything else stands under "More"."""
