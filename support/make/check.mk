.PHONY: clean distclean
clean:
	$(call quiet,CLEAN,$(O))rm -rf $(B) $(O)/images $(ENGINE)
distclean:
	$(call quiet,CLEAN,$(O))rm -rf $(O)
