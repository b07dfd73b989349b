package barocall.local;

/**
 * What stands in the data folder of an installation whose processes run in containers, so that the
 * other commands find it.
 *
 * @param containers true; tells it from {@link StackState}
 * @param portBase of the pages on this machine
 * @param kafka the broker's address among the containers
 * @param mongodb the store's address among the containers, without its secrets
 */
record ContainerState(boolean containers, int portBase, String kafka, String mongodb) {}
